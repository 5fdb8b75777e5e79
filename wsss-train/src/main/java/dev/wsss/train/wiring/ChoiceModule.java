package dev.wsss.train.wiring;

import com.google.inject.Key;
import com.google.inject.PrivateModule;
import com.google.inject.Scopes;
import dev.wsss.api.config.Choice;

/**
 * One chosen module with its own configuration. Private, so that two modules of one type, such as
 * two slots, hold different configurations.
 *
 * @param <S> the SPI
 */
final class ChoiceModule<S> extends PrivateModule {
  private final Key<S> exposed;
  private final Choice<? extends S> choice;

  ChoiceModule(Key<S> exposed, Choice<? extends S> choice) {
    this.exposed = exposed;
    this.choice = choice;
  }

  @Override
  protected void configure() {
    bindConfig(choice.config());
    bind(choice.module().implementation()).in(Scopes.SINGLETON);
    bind(exposed).to(choice.module().implementation());
    expose(exposed);
  }

  @SuppressWarnings("unchecked") // the class of a record is the class of that record
  private <C extends Record> void bindConfig(C config) {
    bind((Class<C>) config.getClass()).toInstance(config);
  }
}
