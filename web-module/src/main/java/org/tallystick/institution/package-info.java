/** Member banks over HTTP: administration, and the brand that anybody sees. */
@NullMarked
package org.tallystick.institution;

import org.jspecify.annotations.NullMarked;
