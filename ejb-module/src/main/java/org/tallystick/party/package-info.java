/** Registration of users and providers. */
@NullMarked
package org.tallystick.party;

import org.jspecify.annotations.NullMarked;
