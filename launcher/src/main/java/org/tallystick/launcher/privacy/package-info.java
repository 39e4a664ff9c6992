/** Looks for what must not be there: links between a user's visits, and personal data at rest. */
@NullMarked
package org.tallystick.launcher.privacy;

import org.jspecify.annotations.NullMarked;
