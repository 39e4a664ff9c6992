package org.tallystick.planting;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Takes a rule out of a source and compiles what is left, in memory; the files stay as they are.
 */
final class PlantedSource {
  private PlantedSource() {}

  /** Classes of the changed source by name. */
  static Map<String, byte[]> compile(Plant plant) {
    String changed = changed(plant);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new PlantingException("a whole JDK is needed, not only a JRE");
    }
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("--release", "17", "-proc:none", "-parameters", "-classpath", classPath(plant));
    try (InMemory files =
        new InMemory(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8))) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  options,
                  null,
                  List.of(new SourceText(plant.className(), changed)))
              .call();
      if (!compiled) {
        throw new PlantingException("plant " + plant.name() + " does not compile: " + messages);
      }
      return files.classes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The source without the rule. */
  static String changed(Plant plant) {
    String source;
    try {
      source = Files.readString(plant.module().source(plant.className()));
    } catch (IOException e) {
      throw new PlantingException(
          "plant " + plant.name() + " is for a source that is gone: " + plant.className());
    }
    int at = source.indexOf(plant.oldText());
    if (at < 0 || source.indexOf(plant.oldText(), at + 1) >= 0) {
      throw new PlantingException(
          "plant "
              + plant.name()
              + " has rotted: its text stands "
              + (at < 0 ? "nowhere" : "more than once")
              + " in "
              + plant.className());
    }
    return source.substring(0, at)
        + plant.newText()
        + source.substring(at + plant.oldText().length());
  }

  private static String classPath(Plant plant) {
    List<String> entries = new ArrayList<>();
    plant.module().classFolders().forEach(folder -> entries.add(folder.toString()));
    entries.add(System.getProperty("java.class.path"));
    return String.join(System.getProperty("path.separator"), entries);
  }

  private static final class SourceText extends SimpleJavaFileObject {
    private final String text;

    SourceText(String className, String text) {
      super(URI.create("memory:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class ClassBytes extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ClassBytes(String className) {
      super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ClassBytes> made = new HashMap<>();

    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return made.computeIfAbsent(className, ClassBytes::new);
    }

    Map<String, byte[]> classes() {
      Map<String, byte[]> classes = new HashMap<>();
      made.forEach((name, file) -> classes.put(name, file.bytes.toByteArray()));
      return classes;
    }
  }
}
