package dev.wsss.api.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.sun.management.ThreadMXBean;
import dev.wsss.api.network.WeightsException;
import dev.wsss.api.testing.Damage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damage of any kind is said, or does no harm; it never costs more than the file's size. */
class DamagedWeightsTest {
  /** Of each format. */
  private static final int FILES = 10_000 * Integer.getInteger("wsss.damage", 1);

  private static final int SEED = 12;
  private static final int ALLOCATED_A_BYTE = 100;
  private static final int ALLOCATED_AT_MOST = 1 << 21;

  /** A whole file of each format. */
  enum Whole {
    SAFETENSORS {
      @Override
      byte[] bytes(Path folder) {
        String header =
            "{\"__metadata__\":{\"input\":\"RGB\"},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                + "\"n\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[8,16]}}";
        return new ByteWriter().int64(header.length()).ascii(header).float32(1, 2, 3, 4).done();
      }
    },
    PYTORCH {
      @Override
      byte[] bytes(Path folder) throws IOException {
        return Files.readAllBytes(WeightsFixturesTest.path("state.pth"));
      }
    },
    PYTORCH_PICKLE_ALONE {
      @Override
      byte[] bytes(Path folder) {
        return new PickleWriter()
            .op('}', '(')
            .tensor("a", "FloatStorage", "0", 6, 1, new long[] {2, 2}, new long[] {1, 3})
            .text("b")
            .numbers(1, 2, 3)
            .text("c")
            .op(']', 'q', 1, '(', 'K', 7, 'h', 1, 'N', 0x88, 'e', 'u')
            .done();
      }

      @Override
      Path write(Path folder, byte[] bytes) throws IOException {
        return Archives.stored(
            folder.resolve("damaged"),
            new TreeMap<>(Map.of("a/data.pkl", bytes, "a/data/0", new byte[24])));
      }
    },
    PYTORCH_LEGACY {
      @Override
      byte[] bytes(Path folder) throws IOException {
        return Files.readAllBytes(WeightsFixturesTest.path("legacy.pth"));
      }
    },
    MXNET {
      @Override
      byte[] bytes(Path folder) {
        return MxnetFormatTest.everyVersion().done();
      }
    },
    NPZ {
      @Override
      byte[] bytes(Path folder) throws IOException {
        return Files.readAllBytes(WeightsFixturesTest.path("arrays.npz"));
      }
    },
    INDEX {
      @Override
      byte[] bytes(Path folder) throws IOException {
        Files.write(folder.resolve("part"), SAFETENSORS.bytes(folder));
        return new ByteWriter().ascii("{\"weight_map\":{\"w\":\"part\",\"n\":\"part\"}}").done();
      }
    };

    abstract byte[] bytes(Path folder) throws IOException;

    Path write(Path folder, byte[] bytes) throws IOException {
      return Files.write(folder.resolve("damaged"), bytes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void damageGivesValuesOrAWeightsException(Whole format) throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      damage(format, Files.createDirectory(memory.getPath("/weights")));
    }
  }

  private static void damage(Whole format, Path folder) throws IOException {
    byte[] whole = format.bytes(folder);
    assertThat(WeightsFile.open(format.write(folder, whole)).shapes()).isNotEmpty();
    Random random = new Random(SEED);
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] bytes = Damage.of(whole, random);
      Path file = format.write(folder, bytes);
      long size = Files.size(file);
      long before = allocated();
      try {
        WeightsFile weights = WeightsFile.open(file);
        for (String name : weights.shapes().keySet()) {
          weights.read(name, values -> {});
        }
      } catch (WeightsException e) {
        refused++;
        assertThat(e.getMessage()).as("file %d", i).contains(file.toString());
        assertThat(e.getMessage().length()).as("file %d", i).isLessThan(1000);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("%s, file %d".formatted(format, i), e);
      }
      assertThat(allocated() - before)
          .as("file %d", i)
          .isLessThan(ALLOCATED_AT_MOST + ALLOCATED_A_BYTE * size);
    }
    assertThat(refused).isBetween(FILES / 10, FILES - 1);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
