package org.tallystick.partner;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallystick.staff.Scope;

/**
 * By what a program is to prove itself, and what it may do then: one to eight keys, or else a
 * certificate.
 *
 * @param keys with different names
 * @param certificateHash SHA-256 of the certificate; null where there are keys
 * @param scopes what it may do
 */
public record ClientTerms(
    List<PublicJwk> keys, byte @Nullable [] certificateHash, Set<Scope> scopes) {
  /** Of a client. */
  public static final int MAX_KEYS = 8;

  /** Copies; written out, for compilers forget what is said of a compact one's parameters. */
  public ClientTerms(List<PublicJwk> keys, byte @Nullable [] certificateHash, Set<Scope> scopes) {
    this.keys = List.copyOf(keys);
    this.certificateHash = certificateHash == null ? null : certificateHash.clone();
    this.scopes = Set.copyOf(scopes);
  }

  @Override
  public byte @Nullable [] certificateHash() {
    return certificateHash == null ? null : certificateHash.clone();
  }
}
