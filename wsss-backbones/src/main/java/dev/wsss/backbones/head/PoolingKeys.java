package dev.wsss.backbones.head;

/** The keys that every head has for how a class's map becomes its logit. */
interface PoolingKeys {
  Pooling pooling();

  double sharpness();

  double topShare();

  double prior();
}
