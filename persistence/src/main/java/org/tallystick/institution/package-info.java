/** The member banks under whose brand parties register. */
@NullMarked
package org.tallystick.institution;

import org.jspecify.annotations.NullMarked;
