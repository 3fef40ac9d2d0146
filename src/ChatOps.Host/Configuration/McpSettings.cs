using System.Globalization;
using ChatOps.Mcp;

namespace ChatOps.Host;

/// <summary>The settings of MCP servers whose tools are used: <c>Mcp:Servers:#:…</c>, where # is the entry's number from 0.</summary>
internal static class McpSettings
{
    /// <summary>The list.</summary>
    public const string List = "Mcp:Servers";

    private const string Entry = List + ":#:";
    private const int MaxVariables = 32;

    private static readonly OutsideServerOptions Default = new();
    private static readonly string TooMany = $"there may be {McpOptions.MaxServers} entries, numbered from 0.";

    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        OfEntry("Name", s => SettingForms.Text(Entry + "Name", "What the server is called here: lower-case letters and digits. Its tools are named mcp_NAME_TOOL.", NotEmpty, (_, v) => s.Name = v, _ => null)),
        OfEntry("Command", s => SettingForms.Text(Entry + "Command", "The program that is started, with its arguments; it is spoken to on standard input and output. Either this or Url.", NotEmpty, (_, v) => s.Command = v, _ => null)),
        OfEntry("Environment", s => SettingForms.List(Entry + "Environment", "The names of the gateway's environment variables that the program gets; it gets no others.", MaxVariables, _ => null, (_, v) => s.Environment = v, _ => [])),
        OfEntry("Url", s => SettingForms.Text(Entry + "Url", "The address of a server that speaks streamable HTTP.", NotEmpty, (_, v) => s.Url = v, _ => null)),
        OfEntry("Token", s => SettingForms.Secret(Entry + "Token", "The bearer token for Url, as a reference: ${env:NAME} or ${file:PATH}.", (_, v) => s.Token = v, _ => null)),
        OfEntry("Timeout", s => SettingForms.Duration(Entry + "Timeout", "How long one call may take: 1s to 1h.", OutsideServerOptions.TimeoutRange.Min, OutsideServerOptions.TimeoutRange.Max, (_, v) => s.Timeout = v, _ => Default.Timeout)),
    ];

    private static string? NotEmpty(string value) => value.Length == 0 ? "must not be empty." : null;

    /// <summary>Makes the entry that a section begins, should it be one; what is wrong with its number otherwise.</summary>
    public static string? Begin(ChatOpsOptions options, string key)
    {
        var (pattern, index) = ListKey.Of(key);
        return pattern != $"{List}:{ListKey.Any}" || EntryAt(options, index) is not null ? null : TooMany;
    }

    // The form is made for the entry that the value is for; the one in the table is for the schema and the documentation.
    private static Setting OfEntry(string key, Func<OutsideServerOptions, Setting> form) => form(new OutsideServerOptions()) with
    {
        Key = Entry + key,
        Apply = (options, index, value) => EntryAt(options, index) is { } entry ? form(entry).Apply(options, "", value) : TooMany,
    };

    private static OutsideServerOptions? EntryAt(ChatOpsOptions options, string index)
    {
        if (!int.TryParse(index.Length == 0 ? "0" : index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= McpOptions.MaxServers) return null;
        while (options.Mcp.Servers.Count <= number) options.Mcp.Servers.Add(new OutsideServerOptions());
        return options.Mcp.Servers[number];
    }
}
