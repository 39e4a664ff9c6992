package org.tallystick.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.crypto.KeyGenerator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.tallystick.node.PrivateFile;

/**
 * Makes the keys that a token does not hold yet: inside it, sensitive and not extractable.
 *
 * <p>The platform finds a private key by its certificate, so each gets one, signed by itself. It
 * carries the public key and means nothing else.
 */
final class TokenKeyMaker {
  private static final int SERIAL_BYTES = 15;
  // RFC 5280, 4.1.2.5: no end
  private static final Instant NO_END = Instant.parse("9999-12-31T23:59:59Z");

  private final Provider provider;
  private final Clock clock;
  private final SecureRandom random;

  TokenKeyMaker(Provider provider, Clock clock, SecureRandom random) {
    this.provider = provider;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes what is absent; returns the labels of what was made.
   *
   * <p>Nodes that share the key folder wait for each other. Nodes that do not could make a key
   * twice: then a token has two of one label, and each node refuses to start.
   */
  List<String> make(Path folder) throws GeneralSecurityException {
    Path file = folder.resolve("pkcs11.lock");
    PrivateFile.create(file, new byte[0]);
    // the file lock is the process's, so threads of one process need one of their own
    synchronized (TokenKeyMaker.class) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          var lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new GeneralSecurityException("the lock on the key folder was lost");
        }
        KeyStore store = TokenKeys.store(provider);
        List<String> absent = TokenKeys.absent(store);
        for (String label : absent) {
          make(store, label);
        }
        return absent;
      } catch (IOException e) {
        throw new GeneralSecurityException("keys cannot be made in the token", e);
      }
    }
  }

  /** Makes one key, whether or not there is one. */
  void make(KeyStore store, String label) throws GeneralSecurityException {
    if (label.equals(TokenKeys.KEY_ENCRYPTION_KEY)) {
      KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
      generator.init(256);
      store.setKeyEntry(label, generator.generateKey(), null, null);
    } else {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      store.setKeyEntry(
          label, pair.getPrivate(), null, new Certificate[] {certificate(label, pair)});
    }
  }

  private Certificate certificate(String label, KeyPair pair) throws GeneralSecurityException {
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    X500Name name = new X500Name("CN=" + label);
    byte[] serial = new byte[SERIAL_BYTES];
    random.nextBytes(serial);
    V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
    content.setSerialNumber(new ASN1Integer(new BigInteger(1, serial)));
    content.setSignature(algorithm);
    content.setIssuer(name);
    content.setSubject(name);
    content.setStartDate(new Time(Date.from(clock.instant())));
    content.setEndDate(new Time(Date.from(NO_END)));
    content.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    TBSCertificate body = content.generateTBSCertificate();
    Signature signature = Signature.getInstance("SHA256withECDSA", provider);
    signature.initSign(pair.getPrivate());
    signature.update(der(body));
    byte[] der =
        der(
            new DERSequence(
                new ASN1Encodable[] {body, algorithm, new DERBitString(signature.sign())}));
    return CertificateFactory.getInstance("X.509", "SUN")
        .generateCertificate(new ByteArrayInputStream(der));
  }

  private static byte[] der(ASN1Object object) {
    try {
      return object.getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
  }
}
