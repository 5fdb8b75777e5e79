package dev.wsss.api.weights;

import dev.wsss.api.network.WeightsException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Tells a file's format by its content. */
final class KnownFormats {
  private static final List<WeightsFormat> ALL =
      List.of(
          new PyTorchFormat(),
          new PyTorchLegacyFormat(),
          new NpzFormat(),
          new MxnetFormat(),
          new IndexFormat(),
          new SafetensorsFormat());

  /** Endings of files that people keep weights in, for a list of what is in a folder. */
  private static final List<String> ENDINGS =
      List.of(".safetensors", ".index.json", ".pth", ".pt", ".bin", ".params", ".npz");

  private static final String READ =
      "; read are safetensors, an index of files in JSON, PyTorch's .pth, MXNet's .params and"
          + " numpy's .npz";

  private KnownFormats() {}

  /**
   * The format of a file.
   *
   * @throws WeightsException if it is none that is read
   */
  static WeightsFormat of(SourceFile file) throws IOException {
    for (WeightsFormat format : ALL) {
      if (format.wrote(file)) {
        return format;
      }
    }
    throw file.error(" is of no known format: " + looks(file) + READ);
  }

  /** Whether a file is called like one of weights. */
  static boolean isUsualName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(lower::endsWith);
  }

  private static String looks(SourceFile file) {
    if (file.size() == 0) {
      return "it is empty";
    }
    if (file.beginsWith('<')) {
      return "it looks like a web page, as of a download that was refused";
    }
    if (file.beginsWith('v', 'e', 'r', 's', 'i', 'o', 'n', ' ', 'h', 't', 't', 'p', 's', ':')) {
      return "it looks like a pointer of Git LFS; 'git lfs pull' fetches the file itself";
    }
    if (file.beginsWith(0x93, 'N', 'U', 'M', 'P', 'Y')) {
      return "it is one array of numpy without a name; write numpy.savez(FILE, name=array)";
    }
    if (file.isZip()) {
      return "it is an archive, but neither of PyTorch nor of numpy";
    }
    StringJoiner bytes = new StringJoiner(" ", "it begins with the bytes ", "");
    for (int i = 0; i < 8 && file.byteAt(i) >= 0; i++) {
      bytes.add("%02x".formatted(file.byteAt(i)));
    }
    return bytes.toString();
  }
}
