package org.tallystick.json;

import jakarta.annotation.Priority;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Refuses bodies that are packed (a small one may unpack to a huge one) and JSON that is not UTF-8,
 * before anybody reads them; and those in a transfer coding that is none: some servers read them as
 * chunks.
 *
 * <p>Source: RFC 9110, 8.4, 15.5.16; RFC 9112, 6.1; RFC 8259, 8.1.
 */
@Provider
@Priority(Priorities.AUTHENTICATION - 50)
public class PlainBodyOnly implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    @Nullable String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
      throw new NotSupportedException();
    }
    @Nullable String transfer = request.getHeaderString("Transfer-Encoding");
    if (transfer != null && !transfer.strip().equalsIgnoreCase("chunked")) {
      throw new BadRequestException();
    }
    @Nullable MediaType type = request.getMediaType();
    @Nullable String charset =
        type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
    if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
      throw new NotSupportedException();
    }
  }
}
