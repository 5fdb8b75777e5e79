package dev.wsss.train.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeHashTest {
  @TempDir private Path temp;

  /** Names and contents in turn. */
  private Path jar(String name, long time, String... entries) throws IOException {
    Path jar = temp.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (int i = 0; i < entries.length; i += 2) {
        ZipEntry entry = new ZipEntry(entries[i]);
        entry.setTime(time);
        zip.putNextEntry(entry);
        zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return jar;
  }

  @Test
  void buildingTheSameAgainChangesNothing() throws IOException {
    Path first = jar("first.jar", 1_000_000_000_000L, "a/A.class", "a", "b/B.class", "b");
    Path again =
        jar(
            "again.jar",
            1_700_000_000_000L,
            "META-INF/MANIFEST.MF",
            "Build-Jdk: 17",
            "META-INF/maven/g/a/pom.properties",
            "#today",
            "b/B.class",
            "b",
            "a/A.class",
            "a");
    assertThat(CodeHash.of(again)).isEqualTo(CodeHash.of(first)).matches("[0-9a-f]{64}");
  }

  @Test
  void everyFileCountsByNameAndContent() throws IOException {
    String code = CodeHash.of(jar("code.jar", 0, "a/A.class", "a", "b/B.class", "b"));
    assertThat(CodeHash.of(jar("edited.jar", 0, "a/A.class", "a", "b/B.class", "c")))
        .isNotEqualTo(code);
    assertThat(CodeHash.of(jar("renamed.jar", 0, "a/A.class", "a", "b/C.class", "b")))
        .isNotEqualTo(code);
    assertThat(CodeHash.of(jar("shorter.jar", 0, "a/A.class", "a"))).isNotEqualTo(code);
  }

  @Test
  void aFolderOfClassesHasTheHashOfItsJar() throws IOException {
    Path folder = temp.resolve("classes");
    Files.createDirectories(folder.resolve("a"));
    Files.writeString(folder.resolve("a/A.class"), "a");
    Files.writeString(folder.resolve("B.class"), "b");
    assertThat(CodeHash.of(folder))
        .isEqualTo(CodeHash.of(jar("same.jar", 0, "B.class", "b", "a/A.class", "a")));
  }
}
