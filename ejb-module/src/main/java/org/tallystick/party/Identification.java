package org.tallystick.party;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a party says it is, as a bank must know before it opens an account.
 *
 * <p>Source: 31 CFR 1020.220(a)(2)(i)(A) (name, date of birth, address, identification number);
 * FATF recommendation 10 (beneficial owners, those who act for an organisation).
 */
public sealed interface Identification {
  /** Where someone lives or has its seat. */
  Address address();

  /**
   * A natural person.
   *
   * @param given all given names
   * @param family family name
   * @param born date of birth
   * @param address where it lives
   * @param nationality ISO 3166-1 alpha-2
   * @param paper what shows it
   * @param phone E.164
   */
  record Person(
      String given,
      String family,
      LocalDate born,
      Address address,
      String nationality,
      Paper paper,
      @Nullable String phone)
      implements Identification {
    @Override
    public String toString() {
      return "Person[...]";
    }
  }

  /**
   * An organisation.
   *
   * @param name legal name
   * @param registrationNumber in the register of its country
   * @param country where it is registered, ISO 3166-1 alpha-2
   * @param legalForm such as "GmbH"
   * @param address its seat
   * @param owners the persons to whom it belongs in the end, 0 to 16
   * @param representatives the persons who act for it, 1 to 8
   */
  record Organisation(
      String name,
      String registrationNumber,
      String country,
      String legalForm,
      Address address,
      List<Owner> owners,
      List<Representative> representatives)
      implements Identification {
    /** Copies the lists. */
    public Organisation {
      owners = List.copyOf(owners);
      representatives = List.copyOf(representatives);
    }

    @Override
    public String toString() {
      return "Organisation[...]";
    }
  }

  /**
   * An address.
   *
   * @param lines street, house, 1 to 4
   * @param locality city or village
   * @param region where the country has such
   * @param postcode where the country has such
   * @param country ISO 3166-1 alpha-2
   */
  record Address(
      List<String> lines,
      String locality,
      @Nullable String region,
      @Nullable String postcode,
      String country) {
    /** Copies the lines. */
    public Address {
      lines = List.copyOf(lines);
    }

    @Override
    public String toString() {
      return "Address[...]";
    }
  }

  /**
   * A document that identifies a person.
   *
   * @param kind which
   * @param number of the document
   * @param country that issued it, ISO 3166-1 alpha-2
   * @param expires last day it is valid; an identity card or a tax number may have none
   */
  record Paper(PaperKind kind, String number, String country, @Nullable LocalDate expires) {
    @Override
    public String toString() {
      return "Paper[...]";
    }
  }

  /**
   * A person to whom an organisation belongs in the end.
   *
   * @param name full name
   * @param born date of birth
   * @param country where the person lives, ISO 3166-1 alpha-2
   * @param shareBasisPoints 1 to 10,000
   */
  record Owner(String name, LocalDate born, String country, int shareBasisPoints) {
    @Override
    public String toString() {
      return "Owner[...]";
    }
  }

  /**
   * A person who acts for an organisation.
   *
   * @param name full name
   * @param born date of birth
   * @param country where the person lives, ISO 3166-1 alpha-2
   */
  record Representative(String name, LocalDate born, String country) {
    @Override
    public String toString() {
      return "Representative[...]";
    }
  }

  /** Kinds of documents that identify a person. */
  enum PaperKind {
    PASSPORT,
    NATIONAL_ID,
    DRIVING_LICENCE,
    RESIDENCE_PERMIT,
    TAX_ID;

    /** Whether each of them has an end. */
    public boolean expires() {
      return this != NATIONAL_ID && this != TAX_ID;
    }
  }
}
