package org.tallystick.institution;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;
import org.tallystick.staff.Tenants;

/** The institutions of this consortium, as those who join them ask. */
@ApplicationScoped
public class ActiveInstitutions implements Tenants {
  @EJB Institutions institutions;

  @Override
  public OptionalLong active(String institution) {
    return institutions
        .shown(institution)
        .filter(found -> found.state() == InstitutionState.ACTIVE)
        .map(found -> OptionalLong.of(found.id()))
        .orElseGet(OptionalLong::empty);
  }
}
