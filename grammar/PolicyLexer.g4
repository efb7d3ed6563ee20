/*
 * The words and signs of the policy language.
 *
 * One WORD covers everything that needs no quotes (names, e-mails, dates, resources such as deployments.apps/scale, `*`, namespaces
 * such as 2048): what a word means is decided by where it stands, so that the lexer needs no modes and nobody needs to learn where
 * quotes are due. Values of other systems that hold any other character stand in quotes.
 *
 * The signs that people bring along from other languages (`:`, `;`, single quotes, `//` …) are tokens of their own that no parser
 * rule accepts. So the mistake is found where it was made and can be named, and the rest of the line is still read as it was meant.
 * Each of them ends at the end of its line at the latest: no text makes the lexer read anything twice.
 */
lexer grammar PolicyLexer;

// Comments are kept aside for the formatter. Whitespace needs no token: it is whatever lies between two others.
channels { COMMENTS }

COMMENT    : '#' ~[\r\n]* -> channel(COMMENTS) ;
WHITESPACE : [ \t\r\n]+ -> skip ;

// -- Words that begin a statement. First on its line, such a word always begins one (see the parser grammar).

CLUSTERS   : 'clusters' ;
NAMESPACES : 'namespaces' ;
DEFAULT    : 'default' ;
CLUSTER    : 'cluster' ;
FLEET      : 'fleet' ;
USER       : 'user' ;
GROUP      : 'group' ;
MACHINE    : 'machine' ;
POSTURE    : 'posture' ;
ROLE       : 'role' ;
ALLOW      : 'allow' ;
NEVER      : 'never' ;
ONLY       : 'only' ;
ASSUME     : 'assume' ;
TEST       : 'test' ;

// -- Words inside a statement.

AS           : 'as' ;
ON           : 'on' ;
IN           : 'in' ;
VIA          : 'via' ;
WHEN         : 'when' ;
UNTIL        : 'until' ;
BECAUSE      : 'because' ;
FROM         : 'from' ;
WHERE        : 'where' ;
AND          : 'and' ;
OR           : 'or' ;
NOT          : 'not' ;
HAS          : 'has' ;
WITH         : 'with' ;
EXCEPT       : 'except' ;
ALL          : 'all' ;
CAN          : 'can' ;
CANNOT       : 'cannot' ;
REACH        : 'reach' ;
ANYONE       : 'anyone' ;
DISJOINT     : 'disjoint' ;
EXPECT       : 'expect' ;
INCLUDE      : 'include' ;
NAMED        : 'named' ;
CLUSTERROLE  : 'clusterrole' ;
CLUSTER_WIDE : 'cluster-wide' ;

// -- Words that a later version of the language will use; taken now, so that no policy has to be renamed then.

WITHIN    : 'within' ;
EMERGENCY : 'emergency' ;
FORMERLY  : 'formerly' ;
APPROVED  : 'approved' ;

// -- Everything else that needs no quotes. Behind the keywords: of two rules that match the same text the first one wins.

WORD : [A-Za-z0-9_*] [A-Za-z0-9_.*/@+%-]* ;

// No line break inside, so that a forgotten quote costs one line and not the rest of the file.
STRING : '"' ( ~["\\\r\n] | '\\' ["\\] | '\\u{' [0-9A-Fa-f]+ '}' )* '"' ;

LBRACE     : '{' ;
RBRACE     : '}' ;
LBRACKET   : '[' ;
RBRACKET   : ']' ;
LPAREN     : '(' ;
RPAREN     : ')' ;
COMMA      : ',' ;
EQUALS     : '=' ;
NOT_EQUALS : '!=' ;

// -- Mistakes. No parser rule mentions any of these.

BAD_ESCAPE      : '"' ( ~["\\\r\n] | '\\' ~[\r\n] )* '"' ;
UNCLOSED_STRING : '"' ( ~["\\\r\n] | '\\' ~[\r\n] )* '\\'? ;
SINGLE_QUOTED   : '\'' ~['\r\n]* '\''? ;
BACKTICK_QUOTED : '`' ~[`\r\n]* '`'? ;
SLASH_COMMENT   : ( '//' | '/*' ) ~[\r\n]* ;
PATH            : ( '/' | '.' | '~' ) [A-Za-z0-9_.*/@+%~-]+ ;
DASHES          : '-'+ ;
DASHED_WORD     : '-' '-'? [A-Za-z] [A-Za-z0-9_-]* ;
ARROW           : '->' | '=>' | '<-' | '<=' | '>=' | '<' | '>' ;
DOUBLE_EQUALS   : '==' | '=~' ;
NEGATION        : '!' ;
DOUBLE_AND      : '&&' | '&' ;
DOUBLE_OR       : '||' | '|' ;
COLON           : ':' ;
SEMICOLON       : ';' ;
INTERPOLATION   : '$' ( '{' ~[}\r\n]* '}'? )? ;
// A word with a letter from beyond ASCII. Surrogates are inside the range, so that offsets stay UTF-16 units.
FOREIGN_WORD    : [A-Za-z0-9_.*/@+%\u0080-\uFFFF-]* [\u0080-\uFFFF] [A-Za-z0-9_.*/@+%\u0080-\uFFFF-]* ;
OTHER           : . ;
