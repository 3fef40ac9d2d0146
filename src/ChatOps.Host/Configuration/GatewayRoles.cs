using ChatOps.Bus;
using ChatOps.Gateways;

namespace ChatOps.Host;

/// <summary>The roles of a gateway as people write them, and what splitting them takes.</summary>
internal static class GatewayRoles
{
    /// <summary>Longest name of a gateway.</summary>
    public const int MaxName = 63;

    /// <summary>All of them, as they are written.</summary>
    public static string Names { get; } = string.Join(", ", GatewayIdentity.AllRoles.Select(NameOf));

    /// <summary>A role as it is written.</summary>
    public static string NameOf(GatewayRole role) => role.ToString().ToLowerInvariant();

    /// <summary>Why it is no list of roles; null when it is one.</summary>
    public static string? Check(string value)
    {
        var words = Split(value);
        return words.Length == 0 ? $"names no role; there are: {Names}."
            : words.FirstOrDefault(word => !GatewayIdentity.AllRoles.Any(role => NameOf(role) == word)) is { } unknown ? $"'{unknown}' is no role; there are: {Names}."
            : null;
    }

    /// <summary>Reads a list that <see cref="Check"/> found good.</summary>
    public static IReadOnlyList<GatewayRole> Parse(string value) => [.. GatewayIdentity.AllRoles.Where(role => Split(value).Contains(NameOf(role)))];

    /// <summary>Why a name for a gateway cannot be used; null when it can.</summary>
    public static string? CheckName(string value) =>
        value.Length is > 0 and <= MaxName && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? null : $"must have 1 to {MaxName} letters, digits, '-', '_' and '.'.";

    /// <summary>Why these roles cannot be had with the other settings; null when they can.</summary>
    public static string? Problem(ChatOpsOptions options)
    {
        if (GatewayIdentity.AllRoles.Except(options.Gateway.Roles).ToList() is not { Count: > 0 } missing) return null;
        string?[] needed = [options.Bus.Transport == BusTransport.RabbitMq ? null : "Bus:Transport=RabbitMq", options.Store.IsShared ? null : "Store:Provider=PostgreSql"];
        return needed.OfType<string>().ToList() is { Count: > 0 } lacking
            ? $"without {string.Join(", ", missing.Select(NameOf))} needs {string.Join(" and ", lacking)}: another gateway does the rest, on the same store and by the same broker."
            : null;
    }

    private static string[] Split(string value) => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
