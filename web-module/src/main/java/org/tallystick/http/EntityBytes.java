package org.tallystick.http;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Providers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Writes an answer's body ahead of time, so that filters see the bytes that will go out. */
public final class EntityBytes {
  private EntityBytes() {}

  /**
   * The bytes of the body, which is replaced by them; empty where there is no body.
   *
   * @throws IllegalStateException if nothing writes such a body
   */
  public static byte[] of(ContainerResponseContext response, Providers providers)
      throws IOException {
    Object entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    if (entity instanceof byte[] bytes) {
      return bytes;
    }
    byte[] bytes = written(response, providers, entity, entity.getClass());
    response.setEntity(bytes, response.getEntityAnnotations(), response.getMediaType());
    return bytes;
  }

  private static <T> byte[] written(
      ContainerResponseContext response, Providers providers, Object entity, Class<T> type)
      throws IOException {
    MediaType media =
        response.getMediaType() == null ? MediaType.APPLICATION_JSON_TYPE : response.getMediaType();
    MessageBodyWriter<T> writer =
        providers.getMessageBodyWriter(
            type, response.getEntityType(), response.getEntityAnnotations(), media);
    if (writer == null) {
      throw new IllegalStateException("nothing writes " + type.getName() + " as " + media);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.writeTo(
        type.cast(entity),
        type,
        response.getEntityType(),
        response.getEntityAnnotations(),
        media,
        new MultivaluedHashMap<>(),
        bytes);
    return bytes.toByteArray();
  }
}
