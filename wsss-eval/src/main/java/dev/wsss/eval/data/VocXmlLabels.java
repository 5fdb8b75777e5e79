package dev.wsss.eval.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Labels from annotation/object/name in one XML file a picture; names of parts do not count. */
record VocXmlLabels(Path annotations, ClassIndex classes) implements VocLabels {
  private static final List<String> OBJECT_NAME = List.of("annotation", "object", "name");

  @Override
  public BitSet of(String id, DataProblems problems) {
    BitSet labels = new BitSet();
    Path file = file(id);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      problems.add(file + ": no regular file; expected is XML");
    } else if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        read(factory().createXMLStreamReader(in), labels, file, problems);
      } catch (IOException e) {
        problems.add(file + ": cannot be read (" + e + ")");
      } catch (XMLStreamException e) {
        problems.add(
            file,
            e.getLocation() == null ? 1 : e.getLocation().getLineNumber(),
            "cannot be read from here on; expected is XML with a class as text in every"
                + " annotation/object/name");
      }
    }
    return labels;
  }

  @Override
  public String place(String id) {
    return file(id).toString();
  }

  private Path file(String id) {
    return annotations.resolve(id + ".xml");
  }

  private void read(XMLStreamReader xml, BitSet labels, Path file, DataProblems problems)
      throws XMLStreamException {
    Deque<String> open = new ArrayDeque<>();
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        open.addLast(xml.getLocalName());
        if (List.copyOf(open).equals(OBJECT_NAME)) {
          int line = xml.getLocation().getLineNumber();
          classes.set(xml.getElementText().strip(), labels, file, line, problems);
          open.removeLast(); // the text was read up to and with the end of the element
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        open.removeLast();
      }
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    // A data file must not make this program open other files.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }
}
