package dev.wsss.eval.data;

import dev.wsss.api.data.BadImageException;
import dev.wsss.eval.digest.Sha256;
import dev.wsss.eval.image.PictureFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes all pictures of a folder, as many at once as there are cores, and finds those that cannot
 * be used.
 *
 * @param broken why each bad picture cannot be decoded, or shares its mask's name with another
 * @param copies pictures with the very bytes of an earlier one, which is their value
 */
record PictureCheck(Map<String, String> broken, Map<String, String> copies) {

  /** One picture: its bytes in short, and what is wrong with it, if anything. */
  private record Looked(String picture, String hash, String problem) {}

  static PictureCheck of(Path folder, List<String> pictures, LookListener listener) {
    Count count = new Count(pictures.size(), listener);
    List<Looked> all =
        pictures.parallelStream()
            .map(
                picture -> {
                  Looked looked = look(folder, picture);
                  count.oneMore();
                  return looked;
                })
            .toList();
    Map<String, String> broken = new LinkedHashMap<>();
    Map<String, String> copies = new LinkedHashMap<>();
    Map<String, String> byHash = new HashMap<>();
    Map<String, String> byMask = new HashMap<>();
    for (Looked looked : all) {
      String sameMask =
          byMask.putIfAbsent(FolderTable.maskName(looked.picture()), looked.picture());
      if (!looked.problem().isEmpty()) {
        broken.put(looked.picture(), looked.problem());
      } else if (sameMask != null) {
        broken.put(looked.picture(), "'" + sameMask + "' has the same name but for its extension");
      } else {
        String same = byHash.putIfAbsent(looked.hash(), looked.picture());
        if (same != null) {
          copies.put(looked.picture(), same);
        }
      }
    }
    return new PictureCheck(broken, copies);
  }

  /** Tells a listener in order, whichever thread has looked. */
  private static final class Count {
    private final int of;
    private final LookListener listener;
    private int looked;

    Count(int of, LookListener listener) {
      this.of = of;
      this.listener = listener;
    }

    synchronized void oneMore() {
      looked++;
      listener.looked(looked, of);
    }
  }

  /** The pictures that can be used. */
  List<String> usable(List<String> pictures) {
    List<String> usable = new ArrayList<>(pictures);
    usable.removeAll(broken.keySet());
    return usable;
  }

  private static Looked look(Path folder, String picture) {
    Path file = folder.resolve(picture);
    if (!picture.equals(picture.strip())) {
      return new Looked(picture, "", "its name begins or ends with a blank");
    }
    try {
      new PictureFile(file).read();
      return new Looked(picture, Sha256.of(file), "");
    } catch (BadImageException e) {
      String message = String.valueOf(e.getMessage());
      return new Looked(picture, "", message.replace(file + ": ", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
