package org.tallystick.bench.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.tallystick.bench.stage.server.Half;
import org.tallystick.bench.stage.server.StageSettings.Form;

/** The files a server needs: found beside the compiled classes or put together from them. */
final class ServerFiles {
  private static final String CLASSES = "org/tallystick/bench/stage/server/";

  private ServerFiles() {}

  /** Returns the folder the build copies the server's jar and the resource archive to. */
  static Path besideClasses() {
    Path classes = origin(Half.class);
    Path target = classes.getParent();
    if (target == null) {
      throw new IllegalStateException("the classes are not in a build folder");
    }
    return target.resolve("server");
  }

  /** Writes a minimal web archive whose descriptor deploys the bean of the form, if it has one. */
  static void writeWar(Form form, Path war) throws IOException {
    try (OutputStream file = Files.newOutputStream(war);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      addClasses(zip);
      add(zip, "WEB-INF/lib/postgresql.jar", Files.readAllBytes(origin(driver())));
      add(zip, "WEB-INF/beans.xml", resource("stage/beans.xml"));
      if (form != Form.THREAD) {
        String name = form.name().toLowerCase(Locale.ROOT) + ".xml";
        add(zip, "WEB-INF/ejb-jar.xml", resource("stage/ejb-jar-" + name));
        add(zip, "WEB-INF/glassfish-ejb-jar.xml", resource("stage/glassfish-ejb-jar-" + name));
      }
    }
  }

  /** Deletes a folder and everything in it, also while somebody else deletes in it. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Copies a folder of plain files and folders. */
  static void copy(Path from, Path to) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(from)) {
      paths = walk.toList();
    }
    for (Path path : paths) {
      Path target = to.resolve(from.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(target);
      } else {
        Files.copy(path, target);
      }
    }
  }

  private static void addClasses(ZipOutputStream zip) throws IOException {
    Path folder = origin(Half.class).resolve(CLASSES);
    List<Path> classes;
    try (Stream<Path> files = Files.list(folder)) {
      classes = files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
    for (Path file : classes) {
      String name = "WEB-INF/classes/" + CLASSES + folder.relativize(file);
      add(zip, name, Files.readAllBytes(file));
    }
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ServerFiles.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("missing resource " + name);
      }
      return in.readAllBytes();
    }
  }

  private static Class<?> driver() {
    try {
      return Class.forName("org.postgresql.Driver");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the JDBC driver is not on the class path", e);
    }
  }

  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no origin for " + type.getName(), e);
    }
  }
}
