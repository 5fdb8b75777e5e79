package dev.wsss.train.run;

import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.RawMaps;
import java.util.BitSet;

/** A model that somebody else closes. */
record SharedModel(CamModel model) implements CamModel {

  @Override
  public int shortestSide() {
    return model.shortestSide();
  }

  @Override
  public RawMaps run(PixelBatch pixels, boolean features) {
    return model.run(pixels, features);
  }

  @Override
  public boolean mapsAreAskedFor() {
    return model.mapsAreAskedFor();
  }

  @Override
  public RawMaps run(PixelBatch pixels, boolean features, BitSet classes) {
    return model.run(pixels, features, classes);
  }

  @Override
  public void close() {}
}
