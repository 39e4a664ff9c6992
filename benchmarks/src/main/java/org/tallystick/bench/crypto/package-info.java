/** What the protocol costs beside the primitives that it is made of, measured with JMH. */
@NullMarked
package org.tallystick.bench.crypto;

import org.jspecify.annotations.NullMarked;
