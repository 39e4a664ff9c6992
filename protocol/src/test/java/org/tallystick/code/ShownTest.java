package org.tallystick.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.tallystick.crypto.Secret;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.Footprint;
import org.tallystick.format.Sealed;
import org.tallystick.format.Suite;
import org.tallystick.request.RequestKeys;
import org.tallystick.sequencer.DownChain;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;
import org.tallystick.sequencer.OneTimeKeys;

/** What reaches a log by its text says which one it is and gives no content. */
class ShownTest {
  private final TestParty payer = new TestParty(Role.PAYER);

  private static Secret secret() {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) 0xA5);
    return Secret.adopt(bytes);
  }

  @Test
  void code_onItsWay_showsNumbersOnly() {
    SealedHalf sealed = payer.seal();
    OpenedHalf opened = payer.accept(sealed.text());
    assertThat(sealed).hasToString("SealedHalf[epoch=0, n=77]");
    assertThat(opened).hasToString("OpenedHalf[PAYER, n=77]");
    assertThat(opened.code()).hasToString("Code[TL::0123456789ABCDEF]");
    assertThat(opened.privateMap()).hasToString("PrivateMap[...]");
    assertThat(payer.device).hasToString("DeviceSequence[epoch=0, n=78]");
    assertThat(payer.binding).hasToString("DeviceBinding[TL]");
  }

  @Test
  void sequencer_ofTheBank_showsNumbersOnly() {
    assertThat(payer.bank).hasToString("DeviceEpochs[newest=Epoch[0, next=77], older=null]");
    assertThat(payer.bank.newest().chain()).hasToString("Chain[...]");
    payer.rekey(3, 1000);
    assertThat(payer.bank)
        .hasToString("DeviceEpochs[newest=Epoch[3, next=1000], older=Epoch[0, next=77]]");
    payer.accept(payer.seal().text());
    assertThat(payer.bank.older()).hasToString("Epoch[0, next=77, closed]");
  }

  @Test
  void secrets_ofEachKind_showNoneOfTheirBytes() {
    EpochSecrets secrets = new EpochSecrets(1, secret(), secret(), secret(), secret());
    EpochRoot root = new EpochRoot(2, secret());
    OneTimeKeys keys = OneTimeKeys.derive(secret(), secret(), Suite.CLASSIC, new byte[16], 4, 5);
    assertThat(secrets).hasToString("EpochSecrets[...]");
    assertThat(root).hasToString("EpochRoot[epoch=2]");
    assertThat(new DownChain(2, 3, secret())).hasToString("DownChain[epoch=2, k=3]");
    assertThat(new Sealed(secret(), secret())).hasToString("Sealed[...]");
    assertThat(new Activation(new byte[16], secret(), new byte[16])).hasToString("Activation[...]");
    assertThat(new Footprint("a", "b", "c", "d", "e")).hasToString("Footprint[...]");
    assertThat(RequestKeys.derive(root, new byte[32], new byte[16], Suite.CLASSIC, new byte[16]))
        .hasToString("RequestKeys[epoch=2]");
    assertThat(keys.toString())
        .startsWith("OneTimeKeys[epoch=4, n=5, device=")
        .doesNotContain(HexFormat.of().formatHex(keys.key().reveal()));
  }
}
