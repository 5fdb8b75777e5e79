package dev.wsss.train.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.network.WeightsException;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  /** Torchvision puts the first digits of the checksum into the file's name. */
  @Test
  void everyBuiltInEntryIsSafeAndAgreesWithTheNameOfItsFile() {
    assertThat(Catalogue.builtIn().all())
        .isNotEmpty()
        .allSatisfy(
            weights -> {
              assertThat(weights.address()).hasScheme("https");
              assertThat(weights.fileName()).endsWith("-" + weights.sha256() + ".pth");
              assertThat(weights.sha256IsWhole()).isFalse();
            });
  }

  @Test
  void anUnknownNameIsSaidWithTheNearest() {
    assertThatThrownBy(() -> Catalogue.builtIn().find("resnet51"))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "no address of weights called 'resnet51' is known; allowed: mobilenet-v2, resnet18,"
                + " resnet34, resnet50, resnet101, vgg16, vit-small, vit-base; did you mean 'resnet50'?");
  }

  @Test
  void aChecksumOfFewDigitsIsRefused() {
    assertThatThrownBy(
            () -> new PublishedWeights("w", Catalogue.builtIn().all().get(0).address(), "12ab", ""))
        .hasMessage("sha256 is '12ab'; allowed: 8 to 64 digits of 0-9 and a-f");
  }
}
