package org.tallystick.wallet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.YearMonth;
import java.util.List;

/** All ways to issuers. */
@ApplicationScoped
public class IssuerLinks {
  private static final Logger LOG = System.getLogger(IssuerLinks.class.getName());

  private final List<IssuerLink> links;

  /** For the container's proxy. */
  protected IssuerLinks() {
    this(List.of());
  }

  /** Those that the application has. */
  @Inject
  public IssuerLinks(@Any Instance<IssuerLink> links) {
    this(links.stream().toList());
  }

  IssuerLinks(List<IssuerLink> links) {
    this.links = List.copyOf(links);
  }

  /** Asks whoever issued the card; outside of any transaction. */
  public AccountStatus inquire(Pan pan, YearMonth expiry) {
    for (IssuerLink link : links) {
      if (link.serves(pan.bin())) {
        return inquire(link, pan, expiry);
      }
    }
    return AccountStatus.UNREACHABLE;
  }

  private static AccountStatus inquire(IssuerLink link, Pan pan, YearMonth expiry) {
    try {
      return link.inquire(pan, expiry);
    } catch (RuntimeException e) {
      // its message may say what was asked, so only its kind is told
      LOG.log(Level.WARNING, "a link to an issuer failed: {0}", e.getClass().getName());
      return AccountStatus.UNREACHABLE;
    }
  }
}
