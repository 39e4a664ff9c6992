package org.tallystick.privacy;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/** Writes records as JSON, component by component; what is absent is left out. */
final class RecordJson {
  private RecordJson() {}

  static JsonValue of(@Nullable Object value) {
    if (value == null) {
      return JsonValue.NULL;
    }
    if (value instanceof Record) {
      return object(value);
    }
    if (value instanceof List<?> list) {
      JsonArrayBuilder array = Json.createArrayBuilder();
      list.forEach(one -> array.add(of(one)));
      return array.build();
    }
    if (value instanceof byte[] bytes) {
      return Json.createValue(Base64Url.encode(bytes));
    }
    if (value instanceof Integer || value instanceof Long) {
      return Json.createValue(((Number) value).longValue());
    }
    if (value instanceof Boolean flag) {
      return flag ? JsonValue.TRUE : JsonValue.FALSE;
    }
    return Json.createValue(value.toString());
  }

  private static JsonValue object(Object value) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      JsonValue member = of(read(component, value));
      if (!member.equals(JsonValue.NULL)) {
        object.add(component.getName(), member);
      }
    }
    return object.build();
  }

  private static @Nullable Object read(RecordComponent component, Object value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record that cannot be read: " + component.getName(), e);
    }
  }
}
