package org.tallystick.privacy;

/**
 * How much an erasure touched.
 *
 * @param deleted rows that went
 * @param emptied rows that stay for what refers to them, without what was personal in them
 */
public record ErasedRows(int deleted, int emptied) {}
