package dev.wsss.train.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.eval.device.DeviceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalLibtorchTest {
  private static final JniLibraries INTERFACES =
      new JniLibraries("2.7.1", new TreeSet<>(List.of("cpu", "cu128")));
  private static final String TORCH = System.mapLibraryName("torch");

  @TempDir private Path temp;
  private Path lib;

  @BeforeEach
  void unpack() throws IOException {
    lib = Files.createDirectory(temp.resolve("lib"));
    Files.createFile(lib.resolve(TORCH));
  }

  private Map<String, String> settings(String path, String version, String flavour) {
    return ExternalLibtorch.of(given(path), given(version), given(flavour), INTERFACES)
        .map(ExternalLibtorch::settings)
        .orElse(Map.of());
  }

  private static Optional<String> given(String value) {
    return Optional.of(value).filter(text -> !text.isEmpty());
  }

  private void isBuilt(String version) throws IOException {
    Files.writeString(temp.resolve("build-version"), version + "\n");
  }

  private void withCuda() throws IOException {
    Files.createFile(lib.resolve(System.mapLibraryName("torch_cuda")));
  }

  @Test
  void theBundledOneNeedsNothing() {
    assertThat(settings("", "", "")).isEmpty();
    assertThat(settings("", "2.7.1", "")).isEmpty();
  }

  @Test
  void theBuildIsReadFromTheZip() throws IOException {
    isBuilt("2.7.1+cu128");

    assertThat(settings(lib.toString(), "", "")).isEqualTo(Map.of("PYTORCH_FLAVOR", "cu128"));
    assertThat(settings(lib.resolve(TORCH).toString(), "", ""))
        .isEqualTo(Map.of("PYTORCH_FLAVOR", "cu128"));
    assertThat(settings("/nowhere" + File.pathSeparator + lib, "2.7.1", ""))
        .isEqualTo(Map.of("PYTORCH_FLAVOR", "cu128"));
    assertThat(settings(lib.toString(), "", "cu128")).isEmpty();
  }

  @Test
  void orFromThePythonPackage() throws IOException {
    Files.writeString(
        temp.resolve("version.py"),
        "from typing import Optional\n__version__ = '2.7.1+cu128'\ndebug = False\n");

    assertThat(settings(lib.toString(), "", "")).isEqualTo(Map.of("PYTORCH_FLAVOR", "cu128"));
  }

  @Test
  void oneWithoutCudaIsForCpus() {
    assertThat(settings(lib.toString(), "", "")).isEqualTo(Map.of("PYTORCH_FLAVOR", "cpu"));
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    isBuilt("2.6.0+cu124");

    assertThatThrownBy(() -> settings(lib.toString(), "", ""))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "PYTORCH_LIBRARY_PATH names PyTorch 2.6.0+cu124 in "
                + lib
                + "; this program's Java interface is built for PyTorch 2.7.1, and with another"
                + " version the process would crash; take libtorch 2.7.1");
    assertThatThrownBy(() -> settings("", "2.5.1", ""))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "PYTORCH_VERSION is 2.5.1; this program's Java interface is built for PyTorch 2.7.1,"
                + " and with another version the process would crash; take libtorch 2.7.1");
  }

  @Test
  void anotherCudaIsRefused() throws IOException {
    isBuilt("2.7.1+cu126");

    assertThatThrownBy(() -> settings(lib.toString(), "", ""))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            lib
                + " holds a PyTorch for cu126; this program's Java interface is built for cpu,"
                + " cu128; did you mean 'cu128'?");
    assertThatThrownBy(() -> settings(lib.toString(), "", "cu118"))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "PYTORCH_FLAVOR is cu118; this program's Java interface is built for cpu, cu128; did"
                + " you mean 'cu128'?");
  }

  @Test
  void anInterfaceBesideTheLibrariesFitsThem() throws IOException {
    isBuilt("2.7.1+cu126");
    Files.createFile(lib.resolve(System.mapLibraryName("djl_torch")));

    assertThat(settings(lib.toString(), "", "")).isEqualTo(Map.of("PYTORCH_FLAVOR", "cu126"));
  }

  @Test
  void anUnknownCudaMustBeNamed() throws IOException {
    withCuda();

    assertThatThrownBy(() -> settings(lib.toString(), "", ""))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            lib
                + " does not say for which CUDA its PyTorch is built; set PYTORCH_FLAVOR to one of"
                + " cpu, cu128");
    assertThat(settings(lib.toString(), "", "cu128")).isEmpty();
  }

  @Test
  void aFolderWithoutLibrariesIsRefused() {
    assertThatThrownBy(() -> settings("/nowhere", "", ""))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "PYTORCH_LIBRARY_PATH is '/nowhere', where there is no "
                + TORCH
                + "; give the folder 'lib' of libtorch 2.7.1");
    assertThatThrownBy(() -> settings(temp.toString(), "", ""))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "PYTORCH_LIBRARY_PATH is '"
                + temp
                + "', where there is no "
                + TORCH
                + "; give the folder 'lib' of libtorch 2.7.1; did you mean '"
                + lib
                + "'?");
  }

  @Test
  void theInterfacesOnTheClassPathAreKnown() {
    JniLibraries here = JniLibraries.here().orElseThrow();

    assertThat(here.version()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(here.flavours()).contains("cpu");
  }
}
