package org.tallystick.staff;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Only for signed-in staff with one of these roles; without any named, for all staff. */
@NameBinding
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface StaffRole {
  /** Any one of them suffices. Programs of partner banks get in only where theirs is named. */
  Role[] value() default {};

  /** What a partner bank's program must have been let do, beside its role. */
  Scope[] scopes() default {};
}
