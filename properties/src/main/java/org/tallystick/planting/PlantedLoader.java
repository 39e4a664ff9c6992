package org.tallystick.planting;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Loads the project's classes anew for one run of tests, changed ones instead of those in the class
 * folders. Libraries come from the parent, but for the persistence provider, which keeps entities
 * of one run in static places where the next would find them.
 */
final class PlantedLoader extends URLClassLoader {
  private static final List<String> OWN =
      List.of("org.tallystick.", "org.eclipse.persistence.", "jakarta.persistence.");
  private static final String HARNESS = "org.tallystick.planting.";

  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> changed;

  PlantedLoader(SourceModule module, Map<String, byte[]> changed) {
    super(urls(module), PlantedLoader.class.getClassLoader());
    this.changed = changed;
  }

  private static URL[] urls(SourceModule module) {
    List<URL> urls = new ArrayList<>();
    try {
      for (Path folder : module.classFolders()) {
        urls.add(folder.toUri().toURL());
      }
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        if (!entry.isEmpty()) {
          urls.add(Path.of(entry).toUri().toURL());
        }
      }
    } catch (MalformedURLException e) {
      throw new PlantingException("a class path entry has no address: " + e.getMessage());
    }
    return urls.toArray(URL[]::new);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean own = !name.startsWith(HARNESS) && OWN.stream().anyMatch(name::startsWith);
    if (!own) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        byte[] bytes = changed.get(name);
        loaded = bytes == null ? findClass(name) : defineClass(name, bytes, 0, bytes.length);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }
}
