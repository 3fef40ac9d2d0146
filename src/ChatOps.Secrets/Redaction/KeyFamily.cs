namespace ChatOps.Secrets.Redaction;

/// <summary>How much a key's name says about its value.</summary>
internal enum KeyFamily
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Possibly a secret: only a value that looks random counts.</summary>
    Weak,

    /// <summary>A token, a key: the value must not look like an ordinary word.</summary>
    Token,

    /// <summary>A password: nearly every value counts.</summary>
    Password,
}
