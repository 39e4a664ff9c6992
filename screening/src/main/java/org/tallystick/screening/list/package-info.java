/** Readers of published target lists: untrusted files in, whole lists or one refusal out. */
@NullMarked
package org.tallystick.screening.list;

import org.jspecify.annotations.NullMarked;
