/** Partner banks' programs: who they are, how they prove it, and what token they get for it. */
@NullMarked
package org.tallystick.partner;

import org.jspecify.annotations.NullMarked;
