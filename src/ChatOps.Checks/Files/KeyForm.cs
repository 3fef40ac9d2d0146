namespace ChatOps.Checks.Files;

/// <summary>What a key of a kind takes.</summary>
internal enum KeyForm
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number that is not negative.</summary>
    Number,

    /// <summary>A size: <c>500M</c>, <c>10G</c>.</summary>
    Size,

    /// <summary>A regular expression.</summary>
    Pattern,

    /// <summary>One text or a list of texts.</summary>
    List,

    /// <summary>An address of the web.</summary>
    Url,

    /// <summary>An absolute path.</summary>
    Path,

    /// <summary>A word of a command line that is no option: a service, a host, a namespace.</summary>
    Name,
}
