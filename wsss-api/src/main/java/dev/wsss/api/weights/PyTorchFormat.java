package dev.wsss.api.weights;

import dev.wsss.api.weights.PyTorchObjects.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code torch.save} writes since PyTorch 1.6: an archive with the pickle {@code
 * NAME/data.pkl} and the values of each storage in {@code NAME/data/KEY}.
 */
final class PyTorchFormat implements WeightsFormat {
  /**
   * A pickle takes up to some tens of bytes of memory a byte; a network of 1000 tensors has 0.1 MB.
   */
  static final int LARGEST_PICKLE = 1 << 24;

  private static final String PICKLE = "data.pkl";
  private static final String REMEDY = "torch.save compresses none";

  @Override
  public String title() {
    return "PyTorch";
  }

  @Override
  public boolean wrote(SourceFile file) throws IOException {
    return file.isZip() && pickle(file).isPresent();
  }

  private static Optional<ZipArchive.Entry> pickle(SourceFile file) throws IOException {
    return file.zip().entries().values().stream()
        .filter(entry -> entry.name().matches("([^/]+/)?data\\.pkl"))
        .findFirst();
  }

  @Override
  public Map<String, StoredTensor> tensors(SourceFile file) throws IOException {
    ZipArchive zip = file.zip();
    ZipArchive.Entry pickle = pickle(file).orElseThrow();
    String root = pickle.name().substring(0, pickle.name().length() - PICKLE.length());
    if (zip.find(root + "constants.pkl") != null) {
      throw file.error(
          " is a program of TorchScript (torch.jit.save), and programs are not run; in Python, save"
              + " its state alone: torch.save(torch.jit.load(FILE, 'cpu').state_dict(), NEW)");
    }
    requireLittleEndian(file, zip.find(root + "byteorder"));
    zip.requireStored(pickle, REMEDY);
    ByteBuffer bytes = file.part(pickle.begin(), pickle.size(), LARGEST_PICKLE, PICKLE);
    Object saved;
    try {
      saved = Pickle.read(bytes, new PyTorchObjects());
    } catch (IllegalArgumentException e) {
      throw file.error(" cannot be read: " + PICKLE + " in it is refused: " + e.getMessage());
    }
    return PyTorchState.tensors(
        file.path(), saved, storage -> begin(zip, root + "data/" + storage.key(), storage));
  }

  private static long begin(ZipArchive zip, String name, Storage storage) {
    ZipArchive.Entry values = zip.find(name);
    if (values == null) {
      throw new IllegalArgumentException("its values, %s, are missing".formatted(Shown.name(name)));
    }
    zip.requireStored(values, REMEDY);
    if (storage.count() > values.size() / storage.type().bytes()) {
      throw new IllegalArgumentException(
          "%s has %d bytes, too few for %d values of %s"
              .formatted(Shown.name(name), values.size(), storage.count(), storage.type()));
    }
    return values.begin();
  }

  private static void requireLittleEndian(SourceFile file, ZipArchive.@Nullable Entry order)
      throws IOException {
    if (order != null
        && order.size() > 0
        && file.part(order.begin(), 1, 1, "byte order").get() == 'b') {
      throw file.error(
          " has big-endian values; in Python, load and save it on a little-endian machine");
    }
  }
}
