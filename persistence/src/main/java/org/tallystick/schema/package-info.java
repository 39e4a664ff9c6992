/** The form of the database, and the proof that data and keys belong together. */
@NullMarked
package org.tallystick.schema;

import org.jspecify.annotations.NullMarked;
