package org.example.readme;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wsss.api.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What others get of us: the jars, what the distribution says it holds, and what the POMs hand on.
 */
class PackagingTest {
  private static final Path ROOT = SharedFiles.repository();
  private static final Path DISTRIBUTION = ROOT.resolve("wsss-train/target/wsss");

  /** What our signatures name, so that whoever compiles against us needs it. */
  private static final Set<String> HANDED_ON =
      Set.of("wsss-api", "wsss-eval", "api", "jakarta.inject-api", "jspecify");

  @ParameterizedTest
  @ValueSource(strings = {"api", "backbones", "eval", "mam", "rcm", "train"})
  void everyJarHasAModuleName(String module) throws IOException {
    Path jar = DISTRIBUTION.resolve("lib/wsss-" + module + "-0.1.0-SNAPSHOT.jar");
    try (JarFile file = new JarFile(jar.toFile())) {
      assertThat(file.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("dev.wsss." + module);
    }
  }

  @Test
  void theBillOfMaterialsNamesEveryJarOfTheDistribution() throws IOException {
    JsonObject bill =
        JsonParser.parseString(Files.readString(DISTRIBUTION.resolve("sbom.json")))
            .getAsJsonObject();
    List<String> named = new ArrayList<>();
    named.add(jarOf(bill.getAsJsonObject("metadata").getAsJsonObject("component")));
    for (JsonElement component : bill.getAsJsonArray("components")) {
      named.add(jarOf(component.getAsJsonObject()));
    }

    try (Stream<Path> jars = Files.list(DISTRIBUTION.resolve("lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "wsss-api", "wsss-backbones", "wsss-eval", "wsss-mam", "wsss-rcm"})
  void compilesAgainstNothingThatNoSignatureNames(String module) throws Exception {
    assertThat(compileScope(module)).isSubsetOf(HANDED_ON);
  }

  @Test
  void trainHandsOnTheInterfacesAndNothingElse() throws Exception {
    assertThat(compileScope("wsss-train")).containsExactlyInAnyOrder("wsss-api", "wsss-eval");
    assertThat(text(pom(".").getDocumentElement(), "implementation.scope")).isEqualTo("runtime");
  }

  /**
   * The BOM is the root's POM: a test library in it would change the tests of whoever imports it.
   */
  @Test
  void theBomManagesNoTestLibrary() throws Exception {
    Element managed = (Element) pom(".").getElementsByTagName("dependencyManagement").item(0);
    List<String> artifacts = new ArrayList<>();
    for (Element dependency : dependencies(managed)) {
      artifacts.add(text(dependency, "artifactId"));
    }

    assertThat(artifacts)
        .contains("wsss-api", "wsss-train", "guava")
        .doesNotContain("junit-bom", "junit-jupiter", "assertj-core", "archunit");
  }

  /** Both jars of ONNX Runtime hold the same classes, so one takes the other's place everywhere. */
  @Test
  void theProfileCudaSwapsOnnxRuntime() throws Exception {
    Element root = pom(".").getDocumentElement();
    assertThat(text(root, "onnxruntime.artifact")).isEqualTo("onnxruntime");
    assertThat(text(profileCuda("."), "onnxruntime.artifact")).isEqualTo("onnxruntime_gpu");
    for (String module : List.of(".", "wsss-api", "wsss-backbones", "wsss-eval", "wsss-train")) {
      for (Element dependency : onnxRuntimes(pom(module).getDocumentElement())) {
        assertThat(text(dependency, "artifactId")).as(module).isEqualTo("${onnxruntime.artifact}");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"inference", "spark"})
  void soDoesThatOfTheExamples(String example) throws Exception {
    Element swap = profileCuda("examples/" + example);

    List<Element> taken = onnxRuntimes(swap);
    assertThat(taken).hasSize(1);
    assertThat(text(taken.get(0), "artifactId")).isEqualTo("onnxruntime_gpu");
    assertThat(text(taken.get(0), "version"))
        .isEqualTo(text(pom(".").getDocumentElement(), "onnxruntime.version"));
    List<String> excluded = new ArrayList<>();
    NodeList exclusions = swap.getElementsByTagName("exclusion");
    for (int i = 0; i < exclusions.getLength(); i++) {
      excluded.add(text((Element) exclusions.item(i), "artifactId"));
    }
    assertThat(excluded).contains("onnxruntime");
  }

  private static List<Element> onnxRuntimes(Element within) {
    return dependencies(within).stream()
        .filter(dependency -> text(dependency, "groupId").equals("com.microsoft.onnxruntime"))
        .toList();
  }

  private static Element profileCuda(String module) throws Exception {
    NodeList profiles = pom(module).getElementsByTagName("profile");
    for (int i = 0; i < profiles.getLength(); i++) {
      Element profile = (Element) profiles.item(i);
      if (text(profile, "id").equals("cuda")) {
        return profile;
      }
    }
    throw new AssertionError(module + " has no profile cuda");
  }

  private static String jarOf(JsonObject component) {
    String purl = component.get("purl").getAsString();
    String classifier = purl.replaceAll("^[^?]*\\??|&?type=jar|classifier=", "");
    return component.get("name").getAsString()
        + "-"
        + component.get("version").getAsString()
        + (classifier.isEmpty() ? "" : "-" + classifier)
        + ".jar";
  }

  private static List<String> compileScope(String module) throws Exception {
    Document pom = pom(module);
    NodeList managed = pom.getElementsByTagName("dependencyManagement");
    if (managed.getLength() > 0) {
      managed.item(0).getParentNode().removeChild(managed.item(0));
    }
    List<String> artifacts = new ArrayList<>();
    for (Element dependency : dependencies(pom.getDocumentElement())) {
      String scope = text(dependency, "scope");
      if ((scope.isEmpty() || scope.equals("compile"))
          && !text(dependency, "optional").equals("true")) {
        artifacts.add(text(dependency, "artifactId"));
      }
    }
    return artifacts;
  }

  private static Document pom(String module) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(ROOT.resolve(module).resolve("pom.xml").toFile());
  }

  private static List<Element> dependencies(Element parent) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getElementsByTagName("dependency");
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  private static String text(Element parent, String tag) {
    NodeList nodes = parent.getElementsByTagName(tag);
    return nodes.getLength() == 0 ? "" : nodes.item(0).getTextContent();
  }
}
