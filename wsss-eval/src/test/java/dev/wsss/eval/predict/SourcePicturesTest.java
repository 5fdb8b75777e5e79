package dev.wsss.eval.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourcePicturesTest {
  @TempDir private Path temp;

  @Test
  void findsFilesFoldersAndLists() throws IOException {
    for (String name : List.of("z/b.JPG", "z/a.webp", "z/y/c.tiff", "z/.hidden/d.png", "z/e.txt")) {
      Path file = temp.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
    Path single = Files.createFile(temp.resolve("single.data"));
    Path list = temp.resolve("list.txt");
    Files.writeString(list, "z/y/c.tiff\n\n  single.data \nz\n");

    assertThat(names(temp.resolve("z"))).containsExactly("a.webp", "b.JPG", "y/c.tiff");
    assertThat(names(single)).containsExactly("single.data");
    assertThat(names(list)).containsExactly("z/y/c.tiff", "single.data", "a.webp", "b.JPG");
  }

  @Test
  void namesWhatIsNotThere() throws IOException {
    Path missing = temp.resolve("missing.jpg");
    assertThatThrownBy(() -> names(missing))
        .isInstanceOf(DataException.class)
        .hasMessage(missing + ": no such file or folder");
    Path list = temp.resolve("list.txt");
    Files.writeString(list, "\nnone.jpg\n");
    assertThatThrownBy(() -> names(list))
        .isInstanceOf(DataException.class)
        .hasMessage(list + ":2: no file or folder 'none.jpg'");
    Path empty = Files.createDirectory(temp.resolve("empty"));
    assertThatThrownBy(() -> names(empty))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "no pictures in "
                + empty
                + "; folders are searched for names that end in .jpeg, .jpg, .png, .tif, .tiff, .webp");
  }

  private static List<String> names(Path path) {
    return SourcePictures.of(List.of(path)).stream().map(SourcePicture::name).toList();
  }
}
