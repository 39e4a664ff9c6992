/** The published vectors of the protocol, testdata/protocol: how they are made and checked. */
@NullMarked
package org.tallystick.vectors;

import org.jspecify.annotations.NullMarked;
