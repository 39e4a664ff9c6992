package org.tallystick.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/**
 * {@code /endpoints}: what this very server answers, as its own runtime deployed it, for an auditor
 * who compares it with ACCESS.md.
 */
@Path("/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class EndpointsResource {
  @Context UriInfo uri;
  @Context ServletContext servlets;

  /** Methods, web sockets, and pages. */
  @GET
  @StaffRole(Role.AUDITOR)
  public Response endpoints() {
    String root = uri.getBaseUri().getPath().replaceAll("/$", "");
    return Response.ok(
            new Endpoints(
                ServedMethods.all().stream().map(served -> served.below(root)).toList(),
                ServedSockets.all(),
                List.copyOf(pages())))
        .build();
  }

  /** Files outside WEB-INF, and what servlets are mapped to. */
  private Set<String> pages() {
    Set<String> pages = new TreeSet<>();
    files("/", pages);
    for (ServletRegistration servlet : servlets.getServletRegistrations().values()) {
      pages.addAll(servlet.getMappings());
    }
    return pages;
  }

  private void files(String folder, Set<String> found) {
    Set<String> inside = servlets.getResourcePaths(folder);
    for (String path : inside == null ? Set.<String>of() : inside) {
      if (!path.endsWith("/")) {
        found.add(path);
      } else if (!path.equals("/WEB-INF/") && !path.equals("/META-INF/")) {
        files(path, found);
      }
    }
  }

  /**
   * What this server answers.
   *
   * @param methods by path and method
   * @param sockets paths of web sockets
   * @param pages files, and patterns of servlets
   */
  public record Endpoints(List<Served> methods, List<String> sockets, List<String> pages) {
    /** Copies the lists. */
    public Endpoints {
      methods = List.copyOf(methods);
      sockets = List.copyOf(sockets);
      pages = List.copyOf(pages);
    }
  }
}
