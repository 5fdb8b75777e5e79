package dev.wsss.eval.coco;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import dev.wsss.api.data.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of COCO's instances, such as {@code instances_train2014.json}: one object with the lists
 * {@code images}, {@code annotations} and {@code categories}, in any order. Whatever else is in it
 * is not read.
 *
 * @see <a href="https://cocodataset.org/#format-data">the format</a>
 */
public record InstanceFile(Path path) {

  /**
   * Reads it once from front to back, whatever its size, and keeps pictures, labels and regions: of
   * a polygon's corner two bytes or so. Regions that cannot be filled are an error of their
   * picture's mask.
   *
   * @param problem is told what does not fit together, with the file's name; where it was, what is
   *     returned must not be used
   * @throws DataException if the file is missing or no such JSON
   * @throws CancellationException if the thread is interrupted
   */
  public Instances read(Consumer<String> problem) {
    try (JsonReader in = new JsonReader(Files.newBufferedReader(path))) {
      in.setStrictness(Strictness.STRICT);
      return new InstanceReader(path, in, problem).read();
    } catch (NoSuchFileException e) {
      throw new DataException(path + ": there is no such file", e);
    } catch (MalformedJsonException | EOFException e) {
      throw new DataException(path + ": no JSON (" + firstLine(e.getMessage()) + ")", e);
    } catch (CharacterCodingException e) {
      throw new DataException(path + ": no UTF-8 text", e);
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read (" + e + ")", e);
    }
  }

  /** Without the address of a page that Gson adds in a second one. */
  private static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
