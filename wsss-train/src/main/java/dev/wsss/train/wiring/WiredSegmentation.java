package dev.wsss.train.wiring;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.network.SegmentationNetwork;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.train.config.EngineConfig;
import dev.wsss.train.config.SegmentationConfig;
import dev.wsss.train.threads.IdleThreads;

/**
 * A segmentation network, constructed.
 *
 * @param root on {@code device}, as is everything below it
 */
public record WiredSegmentation(ChosenDevice device, NDManager root, SegmentationNetwork network)
    implements AutoCloseable {

  /**
   * Makes the network.
   *
   * @param weights whether pretrained weights are read
   * @throws RuntimeException what a module's constructor threw, unwrapped from the injector's
   *     report
   */
  public static WiredSegmentation of(
      SegmentationConfig config, ClassNames classes, EngineConfig engine, InitialWeights weights) {
    return Construction.from(
        new SegmentationModule(config, classes, engine, weights),
        injector -> {
          injector.getInstance(Backbone.class); // what they refuse is told before a device is taken
          injector.getInstance(SegmentationHead.class);
          NDManager root = injector.getInstance(NDManager.class);
          root.attachInternal("idle-threads", IdleThreads.watch());
          try {
            return new WiredSegmentation(
                injector.getInstance(ChosenDevice.class),
                root,
                injector.getInstance(SegmentationNetwork.class));
          } catch (RuntimeException e) {
            root.close();
            throw e;
          }
        });
  }

  /** Frees all native memory. */
  @Override
  public void close() {
    root.close();
  }
}
