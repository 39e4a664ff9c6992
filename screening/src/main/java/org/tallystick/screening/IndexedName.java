package org.tallystick.screening;

import java.util.List;

/**
 * A listed name with its words.
 *
 * @param list name of the list
 * @param words without legal forms
 * @param ids of the words in the {@link WordIndex}
 */
record IndexedName(
    String list, ListedEntity entity, ListedName name, List<Word> words, int[] ids) {}
