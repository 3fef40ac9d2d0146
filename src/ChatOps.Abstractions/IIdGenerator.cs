namespace ChatOps;

/// <summary>Makes ids. Injected, so that tests can be repeated.</summary>
public interface IIdGenerator
{
    /// <summary>A 26-character lower-case Crockford base32 ULID: sortable by time, strictly increasing within a process.</summary>
    string NewId();

    /// <summary>A <see cref="NewId"/> that sorts after another, which a process with a clock that is ahead may have made; all later ones do as well.</summary>
    /// <param name="other">The other.</param>
    string NewIdAfter(string other);

    /// <summary>A short id that people can type: 6 characters of Crockford base32, upper case, from a cryptographic source.</summary>
    string NewShortId();

    /// <summary>An unguessable token: 32 random bytes as base64url (43 characters).</summary>
    string NewSecret();

    /// <summary>An unguessable token for an action button: at most 40 characters, safe in every platform's callback field.</summary>
    string NewActionToken();
}
