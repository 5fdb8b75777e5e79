package dev.wsss.api.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** Numpy's {@code .npz}: an archive with one file {@code NAME.npy} an array. */
final class NpzFormat implements WeightsFormat {
  private static final String ENDING = ".npy";
  private static final int LARGEST_HEADER = 1 << 16;

  @Override
  public String title() {
    return "npz";
  }

  @Override
  public boolean wrote(SourceFile file) throws IOException {
    return file.isZip()
        && file.zip().entries().keySet().stream().anyMatch(name -> name.endsWith(ENDING));
  }

  @Override
  public Map<String, StoredTensor> tensors(SourceFile file) throws IOException {
    TensorTable tensors = new TensorTable();
    for (ZipArchive.Entry entry : file.zip().entries().values()) {
      if (entry.name().endsWith(ENDING)) {
        file.zip().requireStored(entry, "numpy.savez writes arrays as they are");
        long length = Math.min(entry.size(), LARGEST_HEADER);
        ByteBuffer start = file.part(entry.begin(), length, LARGEST_HEADER, "array");
        String name = entry.name().substring(0, entry.name().length() - ENDING.length());
        tensors.add(name, () -> NpyHeader.read(start).place(file.path(), entry));
      }
    }
    return tensors.byName();
  }
}
