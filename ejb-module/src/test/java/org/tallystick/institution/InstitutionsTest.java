package org.tallystick.institution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.Sha256;
import org.tallystick.institution.InstitutionLine.What;
import org.tallystick.institution.InstitutionOutcome.LogoNotValid;
import org.tallystick.institution.InstitutionOutcome.LowContrast;
import org.tallystick.institution.InstitutionOutcome.NameConfusable;
import org.tallystick.institution.InstitutionOutcome.NotPermitted;
import org.tallystick.institution.InstitutionOutcome.OtherVersion;
import org.tallystick.institution.InstitutionOutcome.Stands;
import org.tallystick.institution.InstitutionOutcome.Unknown;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.page.Page;
import org.tallystick.party.BackOffice;
import org.tallystick.staff.Actor;

/** Member banks over a real database. */
class InstitutionsTest {
  private static final Actor ADMIN = InstitutionsFixture.ADMINISTRATOR;

  @TempDir Path keys;
  private BackOffice office;
  private final String unique = " " + UUID.randomUUID();

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
  }

  private <T> T in(Supplier<T> work) {
    return Server.inTransaction(office.entities, work);
  }

  private InstitutionOutcome create(BrandDraft draft) {
    return in(() -> office.institutions.create(ADMIN, draft));
  }

  private BrandDraft named(String name) {
    return InstitutionsFixture.draft(name + unique);
  }

  private String created(String name) {
    return id(((Stands) create(named(name))).institution());
  }

  private static String id(Institution institution) {
    return Base64Url.encode(institution.publicId());
  }

  private InstitutionOutcome change(String id, LongPredicate versions, BrandDraft draft) {
    return in(() -> office.institutions.change(ADMIN, id, versions, draft));
  }

  private InstitutionOutcome move(String id, InstitutionState next) {
    return in(() -> office.institutions.move(ADMIN, id, next, "because"));
  }

  @Test
  void nameThatLooksLikeAnothers_isRefused_untilThatOneCloses() {
    String first = created("First Bank");
    assertThat(create(named("First B\u0430nk"))).isEqualTo(new NameConfusable());
    assertThat(create(named("FIRST BANK"))).isEqualTo(new NameConfusable());
    assertThat(create(InstitutionsFixture.draft("\u3164"))).isEqualTo(new NameConfusable());
    move(first, InstitutionState.SUSPENDED);
    assertThat(create(named("First Bank"))).isEqualTo(new NameConfusable());
    move(first, InstitutionState.CLOSED);
    assertThat(create(named("First Bank"))).isInstanceOf(Stands.class);
  }

  @Test
  void twoThatLookAlike_atOnce_leaveOne() throws Exception {
    List<String> names =
        List.of("Twin Bank" + unique, "TWIN BANK" + unique, "Tw\u0456n Bank" + unique);
    List<Class<?>> outcomes = new ArrayList<>();
    for (InstitutionOutcome outcome :
        AtOnce.run(
            names.size(),
            i -> {
              BackOffice own = new BackOffice(keys);
              BrandDraft draft = InstitutionsFixture.draft(names.get(i));
              return () ->
                  Server.inTransaction(own.entities, () -> own.institutions.create(ADMIN, draft));
            })) {
      outcomes.add(outcome.getClass());
    }
    assertThat(outcomes)
        .containsExactlyInAnyOrder(Stands.class, NameConfusable.class, NameConfusable.class);
  }

  @Test
  void change_keepsItsOwnName_andNotAnothers() {
    String first = created("First Bank");
    created("Second Bank");
    assertThat(change(first, InstitutionsTest::any, named("F\u0456rst Bank")))
        .isInstanceOf(Stands.class);
    assertThat(change(first, InstitutionsTest::any, named("Second Bank")))
        .isEqualTo(new NameConfusable());
    assertThat(change("AAAAAAAAAAAAAAAAAAAAAA", InstitutionsTest::any, named("Third")))
        .isEqualTo(new Unknown());
  }

  @Test
  void change_underAnOldVersion_isNotMade() {
    Institution first = ((Stands) create(named("First Bank"))).institution();
    Stands second = (Stands) change(id(first), v -> v == first.version(), named("Second Bank"));
    assertThat(second.institution().version()).isEqualTo(first.version() + 1);
    assertThat(change(id(first), v -> v == first.version(), named("Third Bank")))
        .isEqualTo(new OtherVersion());
    assertThat(in(() -> office.institutions.shown(id(first))).orElseThrow().brand().name())
        .startsWith("Second");
  }

  @Test
  void closed_isFinal_andNotShown() {
    String id = created("First Bank");
    assertThat(move(id, InstitutionState.ACTIVE)).isEqualTo(new NotPermitted());
    assertThat(in(() -> office.institutions.shown(id))).isPresent();
    move(id, InstitutionState.SUSPENDED);
    assertThat(in(() -> office.institutions.shown(id))).isPresent();
    move(id, InstitutionState.CLOSED);
    assertThat(in(() -> office.institutions.shown(id))).isEmpty();
    assertThat(move(id, InstitutionState.ACTIVE)).isEqualTo(new NotPermitted());
    assertThat(change(id, InstitutionsTest::any, named("Again"))).isEqualTo(new NotPermitted());
    assertThat(in(() -> office.institutions.lines(ADMIN, id)).orElseThrow())
        .extracting(InstitutionLine::what)
        .containsExactly(What.CLOSED, What.SUSPENDED, What.CREATED);
  }

  @Test
  void brand_thatCannotBeRead_orWithAnotherFile_isRefused() {
    assertThat(create(new BrandDraft("Grey" + unique, "#777777", "#ffffff", null, "Terms")))
        .isEqualTo(new LowContrast());
    assertThat(create(new BrandDraft("Grey" + unique, "#767676", "#ffffff", new byte[9], "Terms")))
        .isEqualTo(new LogoNotValid());
    byte[] logo = Png.image(8, 8);
    Stands stands =
        (Stands) create(new BrandDraft("Grey" + unique, "#767676", "#ffffff", logo, "Terms"));
    assertThat(stands.institution().brand().logoHash()).hasValue(Sha256.of(logo));
  }

  @Test
  void page_goesOn_whereItEnded() {
    created("First Bank");
    created("Second Bank");
    List<String> seen = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Optional<String> from = after;
      Page<Institution> page = in(() -> office.institutions.page(ADMIN, from, 3));
      page.items().stream().map(InstitutionsTest::id).forEach(seen::add);
      after = Optional.ofNullable(page.next());
    } while (after.isPresent());
    List<String> whole =
        in(() -> office.institutions.page(ADMIN, Optional.empty(), 10_000)).items().stream()
            .map(InstitutionsTest::id)
            .toList();
    assertThat(seen).isEqualTo(whole).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates();
  }

  private static boolean any(long version) {
    return version >= 0;
  }
}
