/** Brings the database to the form this version needs, before anything else runs. */
@NullMarked
package org.tallystick.schema;

import org.jspecify.annotations.NullMarked;
