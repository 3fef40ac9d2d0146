using System.Diagnostics.CodeAnalysis;

namespace ChatOps.Tools.Web;

/// <summary>Reads addresses that may be visited at all: http or https, a host, and nobody's name and password in it.</summary>
internal static class WebAddress
{
    /// <summary>Longest address.</summary>
    public const int MaxLength = 2_000;

    /// <summary>Reads one.</summary>
    /// <param name="text">As given.</param>
    /// <param name="address">The address, in the form in which it is visited.</param>
    /// <param name="problem">What is wrong, for people.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        problem = text.Length > MaxLength ? $"The address is longer than {MaxLength} characters."
            : text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\') ? "The address holds spaces, backslashes or control characters; write them percent-encoded."
            : !Uri.TryCreate(text, UriKind.Absolute, out address) ? $"'{text}' is no address. Write it whole: https://example.org/page."
            : WhyNot(address);
        return problem is null;
    }

    /// <summary>Why an address is not visited; null when it may be.</summary>
    public static string? WhyNot(Uri address) =>
        address.Scheme is not ("http" or "https") ? $"Only http and https are read, not {address.Scheme}."
        : address.UserInfo.Length > 0 ? "The address holds a name or password before its host, which hides where it leads. Leave it out."
        : address.Host.Length == 0 ? "The address has no host."
        : null;
}
