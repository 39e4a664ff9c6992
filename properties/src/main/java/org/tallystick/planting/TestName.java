package org.tallystick.planting;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/**
 * A test class, or one method of it.
 *
 * @param module that it is in
 * @param className with its package
 * @param method or null for all
 */
record TestName(SourceModule module, String className, @Nullable String method) {
  /** Reads {@code package.Class} or {@code package.Class#method}. */
  static TestName of(SourceModule module, String text) {
    int hash = text.indexOf('#');
    return hash < 0
        ? new TestName(module, text, null)
        : new TestName(module, text.substring(0, hash), text.substring(hash + 1));
  }

  /** How JUnit finds it among the classes of a loader. */
  DiscoverySelector selector(ClassLoader loader) {
    Class<?> type;
    try {
      type = Class.forName(className, false, loader);
    } catch (ClassNotFoundException e) {
      throw new PlantingException("there is no test class " + className);
    }
    if (method == null) {
      return DiscoverySelectors.selectClass(type);
    }
    return DiscoverySelectors.selectMethod(type, find(type, method));
  }

  private static Method find(Class<?> type, String method) {
    for (Class<?> here = type; here != null; here = here.getSuperclass()) {
      for (Method declared : here.getDeclaredMethods()) {
        if (declared.getName().equals(method)) {
          return declared;
        }
      }
    }
    throw new PlantingException(
        "there is no test " + method + " among " + Arrays.toString(type.getDeclaredMethods()));
  }

  /** Whether a test that ran belongs to this name. */
  boolean covers(String ranClass, String ranMethod) {
    return ranClass.equals(className) && (method == null || ranMethod.equals(method));
  }

  /** Class without its package, and the method. */
  String shortText() {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    return method == null ? simple : simple + "." + method;
  }
}
